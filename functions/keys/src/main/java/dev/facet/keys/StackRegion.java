package dev.facet.keys;

import dev.facet.core.faults.CallerFault.InvalidRequest;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The AWS Region in which a command looks for a deployed stack. */
public final class StackRegion {

  /** Describes the option of a command. */
  public static final String DESCRIPTION =
      "AWS Region of the stack (default: that of AWS_REGION, or of the profile)";

  private StackRegion() {}

  /**
   * Returns an option's Region, or else that of the AWS SDK's chain: {@code AWS_REGION}, the
   * profile, the instance.
   *
   * @param option the Region's name; null without the option
   * @throws InvalidRequest if neither names a Region
   */
  public static Region of(@Nullable String option) {
    return of(option, DefaultAwsRegionProviderChain.builder().build());
  }

  static Region of(@Nullable String option, AwsRegionProvider chain) {
    return option == null ? configured(chain) : Region.of(option);
  }

  private static Region configured(AwsRegionProvider chain) {
    Region region;
    try {
      region = chain.getRegion();
    } catch (SdkClientException none) {
      region = null;
    }
    if (region == null) {
      // a fixed Region would report a stack elsewhere as missing
      throw new InvalidRequest("--region: no AWS Region is set; pass --region or set AWS_REGION.");
    }
    return region;
  }
}
