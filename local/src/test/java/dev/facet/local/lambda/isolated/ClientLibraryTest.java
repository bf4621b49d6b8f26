package dev.facet.local.lambda.isolated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps processes that begin at once from each other's half unpacked runtime client. */
class ClientLibraryTest {

  private static final String OPTION =
      "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

  private final LaunchCommand tests =
      new LaunchCommand.ClassPath(System.getProperty("java.class.path"));

  @BeforeEach
  void onLinux() {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"),
        "AWS's runtime interface client is for Linux");
  }

  private static Path unpacked(List<String> options) {
    assertThat(options).singleElement().asString().startsWith(OPTION);
    return Path.of(options.getFirst().substring(OPTION.length()));
  }

  @Test
  void the_client_is_unpacked_once_and_loaded_from_there() {
    try (ClientLibrary library = new ClientLibrary()) {
      Path client = unpacked(library.options(tests));

      assertThat(client).isNotEmptyFile();
      assertThat(unpacked(library.options(tests))).isEqualTo(client);
    }
  }

  @Test
  void every_service_has_its_own_and_leaves_nothing_behind() {
    Path first;
    try (ClientLibrary library = new ClientLibrary();
        ClientLibrary other = new ClientLibrary()) {
      first = unpacked(library.options(tests));
      assertThat(unpacked(other.options(tests))).isNotEqualTo(first);
    }
    assertThat(first.getParent()).doesNotExist();
  }

  @Test
  void a_program_without_the_client_is_left_as_it_is() {
    try (ClientLibrary library = new ClientLibrary()) {
      assertThat(library.options(new LaunchCommand.ClassPath("a.jar:b.jar"))).isEmpty();
    }
  }
}
