/** Assembles the emulators, the stores and the functions into a service on one machine. */
@NullMarked
package dev.facet.local.service;

import org.jspecify.annotations.NullMarked;
