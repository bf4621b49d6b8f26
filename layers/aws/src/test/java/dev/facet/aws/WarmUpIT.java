package dev.facet.aws;

import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

final class WarmUpIT {

  /** As in a function's init phase, though here without Region and credentials. */
  @Test
  void the_sdk_is_warmed_without_calling_anyone() {
    assertThatNoException().isThrownBy(AwsClients::warmUp);
  }
}
