/** The command line. */
@NullMarked
package dev.facet.client.commands;

import org.jspecify.annotations.NullMarked;
