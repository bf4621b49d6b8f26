@NullMarked
package dev.facet.infra;

import org.jspecify.annotations.NullMarked;
