package dev.facet.aws;

import static dev.facet.aws.AwsFaults.calling;

import dev.facet.core.jobs.DataKeys;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/**
 * {@link DataKeys} from AWS KMS: AES-256 keys, with the context as encryption context {@code job}.
 */
public final class KmsDataKeys implements DataKeys {

  private static final String CONTEXT = "job";

  private final KmsClient client;
  private final String keyId;

  /**
   * @param keyId a symmetric key's id, ARN or alias
   */
  public KmsDataKeys(KmsClient client, String keyId) {
    this.client = client;
    this.keyId = keyId;
  }

  @Override
  public DataKey create(String context) {
    var made =
        calling(
            () ->
                client.generateDataKey(
                    generate ->
                        generate
                            .keyId(keyId)
                            .keySpec(DataKeySpec.AES_256)
                            .encryptionContext(Map.of(CONTEXT, context))));
    return new DataKey(made.plaintext().asByteArray(), made.ciphertextBlob().asByteArray());
  }

  @Override
  public byte[] unwrap(byte[] wrapped, String context) {
    return calling(
            () ->
                client.decrypt(
                    decrypt ->
                        decrypt
                            .keyId(keyId)
                            .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                            .encryptionContext(Map.of(CONTEXT, context))))
        .plaintext()
        .asByteArray();
  }
}
