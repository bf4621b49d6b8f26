/** Assembles the whole service on one machine. */
@NullMarked
package dev.facet.local.service;

import org.jspecify.annotations.NullMarked;
