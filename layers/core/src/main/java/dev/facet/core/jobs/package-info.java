/**
 * Asynchronous enrolment: the queue and its encrypted messages, the worker, job outcomes and dead
 * letters.
 */
@NullMarked
package dev.facet.core.jobs;

import org.jspecify.annotations.NullMarked;
