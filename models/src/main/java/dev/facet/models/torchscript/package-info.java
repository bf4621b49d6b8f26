/** Writes networks as TorchScript archives, which PyTorch loads. */
@NullMarked
package dev.facet.models.torchscript;

import org.jspecify.annotations.NullMarked;
