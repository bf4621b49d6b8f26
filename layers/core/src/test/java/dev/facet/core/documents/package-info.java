/** Access to the project's documents and their programs, for the tests of all modules. */
@NullMarked
package dev.facet.core.documents;

import org.jspecify.annotations.NullMarked;
