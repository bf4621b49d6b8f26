/** The command-line interface. */
@NullMarked
package dev.facet.client.commands;

import org.jspecify.annotations.NullMarked;
