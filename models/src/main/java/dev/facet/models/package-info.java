/** Makes the model bundle: published networks in, TorchScript with a manifest out. */
@NullMarked
package dev.facet.models;

import org.jspecify.annotations.NullMarked;
