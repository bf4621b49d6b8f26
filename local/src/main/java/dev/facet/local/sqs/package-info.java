/**
 * ElasticMQ in this process, on a folder, as an emulator of SQS and of Lambda's event source
 * mapping, and the queue of pending enrolments on it.
 */
@NullMarked
package dev.facet.local.sqs;

import org.jspecify.annotations.NullMarked;
