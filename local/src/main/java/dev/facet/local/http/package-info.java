/** A small HTTP server for requests between processes of one machine. */
@NullMarked
package dev.facet.local.http;

import org.jspecify.annotations.NullMarked;
