/** The common code of all handlers: parsing requests, checking keys, responding, logging. */
@NullMarked
package dev.facet.api.http;

import org.jspecify.annotations.NullMarked;
