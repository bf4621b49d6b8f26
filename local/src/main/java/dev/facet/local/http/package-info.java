/** A small HTTP server for what processes of one machine say to each other. */
@NullMarked
package dev.facet.local.http;

import org.jspecify.annotations.NullMarked;
