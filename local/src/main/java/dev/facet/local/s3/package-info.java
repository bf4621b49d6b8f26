/** Amazon S3 on this machine. */
@NullMarked
package dev.facet.local.s3;

import org.jspecify.annotations.NullMarked;
