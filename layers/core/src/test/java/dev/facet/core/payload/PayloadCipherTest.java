package dev.facet.core.payload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.facet.core.embeddings.ModelVersion;
import dev.facet.core.faults.CallerFault.InvalidRequest;
import dev.facet.core.faults.CallerFault.UndecryptablePayload;
import dev.facet.core.keys.ApiKey;
import dev.facet.core.payload.PayloadContext.Field;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three ciphers against published vectors, round trips, damage and nonsense. */
class PayloadCipherTest {

  private static final ApiKey KEY = new ApiKey("facet-test-key-0001");
  private static final ApiKey OTHER = new ApiKey("facet-test-key-0002");
  private static final PayloadContext FEATURES =
      new PayloadContext(new ModelVersion("FACE3_1"), Field.FEATURES);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Made with OpenSSL from the format's description. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q|0c2246ad1a35e1d37c2840bb42f22a4b28df1daf1cf5ad34478a6dd59d8365f9ebc7f7836bf66f7a9af653252ce4d6e2b8
          exactly 16 bytes|0091a6d528459c2e8bcea16196c1e7110f
          naïve ü|07855b11b46f092f84cdf70a68b3ba497c
          """)
  void version1_reads_and_writes_the_vendors_payloads(String text, String payload) {
    EcbCipher cipher = new EcbCipher(KEY);

    assertThat(cipher.encrypt(text, FEATURES)).isEqualTo(payload);
    assertThat(cipher.decrypt(payload, FEATURES)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q|0c3174caa17125a036d79efc4bf5350b290bd900b80bd885412a068f2e5856653d28750df9cb4594eb0df5f5f129c115bd30303030303139306135623363376431
          exactly 16 bytes|00ee1774c49573d2ed03ea696b7182d90030303030303139306135623363376431
          naïve ü|0797aaed33677ae1b0ecae7d89cafc2d8e30303030303139306135623363376431
          """)
  void version2_reads_the_vendors_payloads(String text, String payload) {
    assertThat(new SaltedEcbCipher(KEY, RANDOM).decrypt(payload, FEATURES)).isEqualTo(text);
  }

  @Test
  void version2_draws_a_salt_for_each_payload() {
    SaltedEcbCipher cipher = new SaltedEcbCipher(KEY, RANDOM);

    String first = cipher.encrypt("text", FEATURES);

    assertThat(cipher.encrypt("text", FEATURES)).isNotEqualTo(first);
    assertThat(new String(HexFormat.of().parseHex(first.substring(first.length() - 32)), US_ASCII))
        .matches("[0-9a-f]{16}");
  }

  /** Made with Python's cryptography from the format's description. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          FACE3_1|FEATURES|{"features":[]}|AwABAgMEBQYHCAkKC3DscXab0wwIU_XL2aU6sfFrOMMjrxLq9v5NrE__CRE
          FACE3_3|PUID|KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q|A2RlZmdoaWprbG1ub7TkyGEuogwYnnDs8rFyDw7ca5bR6IdDfX5afJ2icxekTbuhCUWfFoR3A8MyMANJe4eC_Uk
          FACE3_1|GUID|naïve ü|A________________z1hBJLqKMX6L8_Bx6GuIxk3dosOZvUmZXU
          """)
  void version3_reads_payloads_made_elsewhere(
      String version, Field field, String text, String payload) {
    assertThat(
            new SealedCipher(KEY, RANDOM)
                .decrypt(payload, new PayloadContext(new ModelVersion(version), field)))
        .isEqualTo(text);
  }

  @Property(tries = 300)
  void every_text_comes_back(
      @ForAll("ciphers") PayloadCipher cipher, @ForAll("texts") String text) {
    assertThat(cipher.decrypt(cipher.encrypt(text, FEATURES), FEATURES)).isEqualTo(text);
  }

  @Property(tries = 300)
  void a_sealed_payload_changed_anywhere_is_refused(
      @ForAll("texts") String text, @ForAll int position, @ForAll("base64url") char put) {
    SealedCipher cipher = new SealedCipher(KEY, RANDOM);
    StringBuilder payload = new StringBuilder(cipher.encrypt(text, FEATURES));
    // the last character may carry unused bits, which are no part of the payload
    int at = Math.floorMod(position, payload.length() - 1);
    if (payload.charAt(at) == put) {
      return;
    }
    payload.setCharAt(at, put);

    assertRefused(cipher, payload.toString(), FEATURES);
  }

  @Property(tries = 200)
  void a_truncated_payload_is_refused(
      @ForAll("ciphers") PayloadCipher cipher, @ForAll int position) {
    String payload = cipher.encrypt("KW4i4cGr-fv76-YqIE-w7fA-UrAt0FcVyY2q", FEATURES);

    String cut = payload.substring(0, Math.floorMod(position, payload.length()));

    assertThatThrownBy(() -> mustBeAFaceId(cipher.decrypt(cut, FEATURES)))
        .isInstanceOf(UndecryptablePayload.class);
  }

  /** Versions 1 and 2 can't see a cut between blocks; what is left is no id of ours. */
  private static void mustBeAFaceId(String text) {
    if (!text.matches("[A-Za-z0-9]{8}(-[A-Za-z0-9]{4}){3}-[A-Za-z0-9]{12}")) {
      throw new UndecryptablePayload("no id");
    }
  }

  @Test
  void another_key_reads_nothing() {
    List<PayloadCipher> mine = ciphersOf(KEY);
    List<PayloadCipher> theirs = ciphersOf(OTHER);
    for (int i = 0; i < mine.size(); i++) {
      String payload = mine.get(i).encrypt("{\"features\":[1,2,3,4,5,6,7]}", FEATURES);
      assertRefused(theirs.get(i), payload, FEATURES);
    }
  }

  @Test
  void a_sealed_payload_serves_no_other_purpose() {
    SealedCipher cipher = new SealedCipher(KEY, RANDOM);
    String payload = cipher.encrypt("text", FEATURES);

    assertRefused(cipher, payload, new PayloadContext(new ModelVersion("FACE3_3"), Field.FEATURES));
    assertRefused(cipher, payload, new PayloadContext(new ModelVersion("FACE3_1"), Field.PUID));
  }

  @Property(tries = 1000)
  void nonsense_is_refused_or_text_but_never_another_exception(
      @ForAll("ciphers") PayloadCipher cipher, @ForAll("nonsense") String payload) {
    try {
      assertThat(cipher.decrypt(payload, FEATURES)).isNotNull();
    } catch (UndecryptablePayload e) {
      assertThat(e.reason()).startsWith("features ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "4", "v3", "", "1.0", "１"})
  void an_unknown_encryption_version_is_refused(String version) {
    assertThatThrownBy(() -> new PayloadCiphers(1, RANDOM).forRequest(version, KEY))
        .isInstanceOf(InvalidRequest.class)
        .hasMessage("Unsupported encryption version");
  }

  @Test
  void an_absent_version_means_one_unless_the_floor_forbids_it() {
    assertThat(new PayloadCiphers(1, RANDOM).forRequest(null, KEY)).isInstanceOf(EcbCipher.class);
    assertThatThrownBy(() -> new PayloadCiphers(3, RANDOM).forRequest(null, KEY))
        .isInstanceOf(InvalidRequest.class);
    assertThatThrownBy(() -> new PayloadCiphers(3, RANDOM).forRequest("2", KEY))
        .isInstanceOf(InvalidRequest.class);
    assertThat(new PayloadCiphers(3, RANDOM).forRequest("3", KEY)).isInstanceOf(SealedCipher.class);
    assertThat(new PayloadCiphers(0, RANDOM).forRequest(null, KEY)).isInstanceOf(EcbCipher.class);
  }

  private static void assertRefused(PayloadCipher cipher, String payload, PayloadContext context) {
    assertThatThrownBy(() -> cipher.decrypt(payload, context))
        .isInstanceOf(UndecryptablePayload.class)
        .hasMessageStartingWith(context.field().property());
  }

  private static List<PayloadCipher> ciphersOf(ApiKey key) {
    return List.of(
        new EcbCipher(key), new SaltedEcbCipher(key, RANDOM), new SealedCipher(key, RANDOM));
  }

  @Provide
  Arbitrary<PayloadCipher> ciphers() {
    return Arbitraries.of(ciphersOf(KEY));
  }

  @Provide
  Arbitrary<String> texts() {
    // unpaired surrogates are no text: they have no UTF-8 form
    return Arbitraries.strings()
        .ofMaxLength(200)
        .filter(text -> text.chars().noneMatch(c -> Character.isSurrogate((char) c)));
  }

  @Provide
  Arbitrary<Character> base64url() {
    return Arbitraries.chars().range('a', 'z').range('A', 'Z').range('0', '9').with('-', '_');
  }

  @Provide
  Arbitrary<String> nonsense() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(120),
        Arbitraries.strings().withCharRange('0', '9').withCharRange('a', 'f').ofMaxLength(200),
        Arbitraries.strings().withCharRange('A', 'Z').withChars('-', '_').ofMaxLength(120));
  }
}
