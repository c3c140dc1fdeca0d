/**
 * The API's own description: what {@code /openapi.json} serves and {@code /docs} shows.
 *
 * <p>In: the parts in {@code resources/dev/coterie/reference}, one file a room of the API, and the
 * messages of errors. Out: one OpenAPI 3.1 document a language. The parts are written by hand,
 * since words and units are not in the code; tests hold them against the routes as registered, the
 * parameters and bodies that handlers accept, and the answers they give.
 */
package dev.coterie.reference;
