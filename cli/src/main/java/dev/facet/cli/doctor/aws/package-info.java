/** The ports of the stack's checks on AWS's APIs. All calls only read. */
@NullMarked
package dev.facet.cli.doctor.aws;

import org.jspecify.annotations.NullMarked;
