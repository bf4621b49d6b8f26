/** AWS adapters of the ports of the core, by the AWS SDK over the CRT HTTP client. */
@NullMarked
package dev.facet.aws;

import org.jspecify.annotations.NullMarked;
