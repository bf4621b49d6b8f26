@NullMarked
package dev.facet.local.iam;

import org.jspecify.annotations.NullMarked;
