/** The project's one AEAD, its hashes and random texts. */
@NullMarked
package dev.facet.core.crypto;

import org.jspecify.annotations.NullMarked;
