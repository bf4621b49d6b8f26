package dev.facet.local.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PrivateFileTest {

  private record Content(String name) {}

  @Test
  void an_unknown_property_is_ignored(@TempDir Path folder) throws Exception {
    Path path = Files.writeString(folder.resolve("file"), "{\"name\":\"a\",\"news\":{}}");
    assertThat(new PrivateFile<Content>(path, new TypeReference<>() {}).read())
        .contains(new Content("a"));
  }
}
