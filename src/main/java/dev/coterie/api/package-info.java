/**
 * The HTTP interface: routes parse, call the workspace, and render JSON.
 *
 * <p>The only package that knows HTTP. Every answer carries the security headers, every error is a
 * problem with a stable code and a sentence with the way out, in the caller's language.
 */
package dev.coterie.api;
