/** Galleries of templates: their storage, commits, in-memory replicas and exact searches. */
@NullMarked
package dev.facet.core.gallery;

import org.jspecify.annotations.NullMarked;
