package dev.facet.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The commands that the script {@code facet} executes without this module. They are declared here
 * so that help and documents list them as they list the others.
 */
sealed interface ScriptCommand extends Callable<Integer> {

  /** The command {@code test}, which only the script can execute. */
  @Command(
      name = "test",
      description = "Compiles one module with all that it depends on, and runs its unit tests.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  final class Test implements ScriptCommand {

    @Parameters(paramLabel = "MODULE", description = "the module's folder, such as layers/core")
    private String module;

    @Override
    public Integer call() {
      throw new UnusableArgument("MODULE", "run './facet test %s'".formatted(module));
    }
  }

  /** The command {@code jdk}. */
  @Command(
      name = "jdk",
      mixinStandardHelpOptions = true,
      description = "Prints the folder of the JDK 25 that Facet uses.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  final class Jdk implements ScriptCommand {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.commandLine().getOut().println(System.getProperty("java.home"));
      return 0;
    }
  }

  /** The command {@code help}. */
  @Command(name = "help", description = "Shows this text.")
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  final class Help implements ScriptCommand {

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
      spec.root().commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
  }
}
