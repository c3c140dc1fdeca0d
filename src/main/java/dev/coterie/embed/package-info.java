/**
 * Texts in, unit vectors out.
 *
 * <p>The only importer of ONNX Runtime and of the DJL tokenizers. One text per inference call, in
 * parallel by callers: the quantised encoders compute one activation scale a tensor, so in a padded
 * batch a text's vector would depend on its neighbours. Vectors are cached by SHA-256 of model and
 * text.
 */
package dev.coterie.embed;
