/** Conditional writes of stored records: a write succeeds only if it read the latest revision. */
@NullMarked
package dev.facet.core.revision;

import org.jspecify.annotations.NullMarked;
