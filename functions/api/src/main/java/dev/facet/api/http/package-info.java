/** What every handler does alike: reading requests, checking keys, answering, logging. */
@NullMarked
package dev.facet.api.http;

import org.jspecify.annotations.NullMarked;
