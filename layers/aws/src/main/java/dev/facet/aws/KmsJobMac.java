package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.JobMac;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.MacAlgorithmSpec;

/** {@link JobMac} in AWS KMS, which never exposes the key. */
public final class KmsJobMac implements JobMac {

  private final KmsClient client;
  private final String keyId;

  /**
   * @param keyId the id, ARN or alias of a key with the key spec HMAC_256
   */
  public KmsJobMac(KmsClient client, String keyId) {
    this.client = client;
    this.keyId = keyId;
  }

  @Override
  public byte[] compute(byte[] message) {
    return calling(
            () ->
                client.generateMac(
                    generate ->
                        generate
                            .keyId(keyId)
                            .macAlgorithm(MacAlgorithmSpec.HMAC_SHA_256)
                            .message(SdkBytes.fromByteArray(message))))
        .mac()
        .asByteArray();
  }
}
