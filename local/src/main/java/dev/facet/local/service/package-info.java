/** The whole service on one machine, put together. */
@NullMarked
package dev.facet.local.service;

import org.jspecify.annotations.NullMarked;
