package dev.facet.local.iam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.facet.local.sigv4.SigningCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalsTest {

  @TempDir private Path folder;

  @Test
  void a_restart_finds_them_again_and_nobody_else_may_read_them() throws IOException {
    Path file = folder.resolve("principals.json");
    Principal user =
        Principal.user(new SigningCredentials("AKID", "secret", null), "1", "demo", "AIDA");
    Principal role =
        new Principal(
            new SigningCredentials("ASIA", "other", "token"), "arn:role", "AROA", List.of("*"));
    Principals principals = new Principals(file);
    principals.put(user);
    principals.put(role);
    Principals again = new Principals(file);
    assertThat(again.find("AKID")).hasValue(user);
    assertThat(again.find("ASIA")).hasValue(role);
    assertThat(again.find("ABCD")).isEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_principal_does_not_show_its_secrets() {
    Principal role =
        new Principal(new SigningCredentials("ASIA", "secret", "token"), "arn", "id", null);
    assertThat(role.toString()).doesNotContain("secret").doesNotContain("token");
  }

  @ParameterizedTest
  @CsvSource({
    "*, abc, true",
    "abc, abc, true",
    "a?c, abc, true",
    "a*, abc, true",
    "*c, abc, true",
    "a*c*, abc, true",
    "a**c, ac, true",
    "a?, abc, false",
    "ab, abc, false",
    "abcd, abc, false",
    "*b, abc, false",
    "'', abc, false",
    "*/GET/v1/*, x/y/GET/v1/z, true",
    "*/GET/v1/*, x/y/POST/v1/z, false"
  })
  void a_star_is_any_text_and_a_question_mark_any_character(
      String pattern, String text, boolean matches) {
    assertThat(Wildcards.match(pattern, text)).isEqualTo(matches);
  }
}
