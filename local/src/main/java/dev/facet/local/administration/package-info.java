/** Keys, plans and principals of a local service, and the commands that administer them. */
@NullMarked
package dev.facet.local.administration;

import org.jspecify.annotations.NullMarked;
