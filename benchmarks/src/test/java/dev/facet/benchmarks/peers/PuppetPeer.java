package dev.facet.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A peer that sees one face in every photo and fails at networks. */
final class PuppetPeer {

  private PuppetPeer() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("{\"versions\":{\"puppet\":\"1\"}}");
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(
          line.contains("\"op\":\"extract\"") && line.contains("\"detail\":\"bare\"")
              ? "{\"millis\":3.5,\"cpu\":3,\"stages\":{\"decode\":1,\"detect\":2.5},"
                  + "\"faces\":[{\"box\":[1,2,3,5],\"score\":0.9,\"template\":[0.6,0.8]}]}"
              : "{\"error\":\"a puppet can't\"}");
    }
  }
}
