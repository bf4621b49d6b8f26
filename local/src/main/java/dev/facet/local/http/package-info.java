/**
 * HTTP requests and responses as they are sent, and a small server for this machine's processes.
 */
@NullMarked
package dev.facet.local.http;

import org.jspecify.annotations.NullMarked;
