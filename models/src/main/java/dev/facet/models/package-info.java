/** Builds the model bundle: converts published networks to TorchScript and writes the manifest. */
@NullMarked
package dev.facet.models;

import org.jspecify.annotations.NullMarked;
