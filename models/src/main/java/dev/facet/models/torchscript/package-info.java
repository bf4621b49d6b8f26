/** Writing networks in TorchScript form, which PyTorch loads. */
@NullMarked
package dev.facet.models.torchscript;

import org.jspecify.annotations.NullMarked;
