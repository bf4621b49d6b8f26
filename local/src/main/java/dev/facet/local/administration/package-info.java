/** Commands that administer the keys, plans, principals and dead letters of a service. */
@NullMarked
package dev.facet.local.administration;

import org.jspecify.annotations.NullMarked;
