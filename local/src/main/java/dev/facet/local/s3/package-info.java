/** S3Proxy in this process, on a folder, as an emulator of S3. */
@NullMarked
package dev.facet.local.s3;

import org.jspecify.annotations.NullMarked;
