package dev.facet.infra;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The calls in compiled classes, and those among them that can be reached from a class.
 *
 * <p>Follows rapid type analysis (Bacon and Sweeney, 1996): a virtual call can reach the methods of
 * those classes only of which an instance can exist. A lambda counts as called where it is created.
 * An instance's methods that override one of a class outside the graph, such as the JDK, count as
 * called by that class. Reflection is not followed.
 */
final class CallGraph {

  private static final String INITIALIZER = "<clinit>";

  private final Map<String, Type> types = new HashMap<>();

  /** A method of a class, both by their internal names. */
  record Target(String owner, String name, String descriptor) {

    private String signature() {
      return name + descriptor;
    }
  }

  /** A call; a special one has one possible target. */
  private record Call(Target target, boolean virtual) {}

  private record Type(String name, List<String> parents, Map<String, Set<Call>> methods) {}

  /** Reads all classes of the folders or jars in which some classes are. */
  static CallGraph around(Class<?>... members) throws IOException {
    CallGraph graph = new CallGraph();
    Set<URI> places = new LinkedHashSet<>();
    for (Class<?> member : members) {
      places.add(place(member));
    }
    for (URI place : places) {
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        graph.read(path);
      } else {
        try (FileSystem jar = FileSystems.newFileSystem(path)) {
          graph.read(jar.getPath("/"));
        }
      }
    }
    return graph;
  }

  private static URI place(Class<?> member) {
    try {
      return member.getProtectionDomain().getCodeSource().getLocation().toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        Type type = type(ClassFile.of().parse(Files.readAllBytes(file)));
        types.put(type.name(), type);
      }
    }
  }

  private static Type type(ClassModel model) {
    Map<String, Set<Call>> methods = new HashMap<>();
    for (MethodModel method : model.methods()) {
      methods.put(
          method.methodName().stringValue() + method.methodType().stringValue(), calls(method));
    }
    List<String> parents =
        Stream.concat(model.superclass().stream(), model.interfaces().stream())
            .map(parent -> parent.asInternalName())
            .toList();
    return new Type(model.thisClass().asInternalName(), parents, methods);
  }

  private static Set<Call> calls(MethodModel method) {
    Set<Call> calls = new LinkedHashSet<>();
    method
        .code()
        .ifPresent(
            code ->
                code.forEach(
                    element -> {
                      switch (element) {
                        case InvokeInstruction invoke ->
                            calls.add(
                                new Call(
                                    new Target(
                                        invoke.owner().asInternalName(),
                                        invoke.name().stringValue(),
                                        invoke.type().stringValue()),
                                    invoke.opcode() == Opcode.INVOKEVIRTUAL
                                        || invoke.opcode() == Opcode.INVOKEINTERFACE));
                        case InvokeDynamicInstruction dynamic ->
                            dynamic.bootstrapArgs().stream()
                                .filter(DirectMethodHandleDesc.class::isInstance)
                                .map(DirectMethodHandleDesc.class::cast)
                                .forEach(handle -> calls.add(call(handle)));
                        case FieldInstruction field when field.opcode() == Opcode.GETSTATIC ->
                            calls.add(
                                new Call(
                                    new Target(field.owner().asInternalName(), INITIALIZER, "()V"),
                                    false));
                        default -> {}
                      }
                    }));
    return calls;
  }

  private static Call call(DirectMethodHandleDesc handle) {
    boolean virtual =
        switch (handle.kind()) {
          case VIRTUAL, INTERFACE_VIRTUAL -> true;
          default -> false;
        };
    return new Call(
        new Target(internalName(handle.owner()), handle.methodName(), handle.lookupDescriptor()),
        virtual);
  }

  private static String internalName(ClassDesc type) {
    String descriptor = type.descriptorString();
    return descriptor.startsWith("L")
        ? descriptor.substring(1, descriptor.length() - 1)
        : descriptor;
  }

  /**
   * Returns the calls of methods outside the graph that the methods of a class can reach.
   *
   * @param root the binary name of a class, whose methods are all called
   */
  Set<Target> reachable(String root) {
    return new Search().from(root.replace('.', '/'));
  }

  /** The state of one search. */
  private final class Search {

    private final Set<Target> outside = new LinkedHashSet<>();
    private final Set<Target> visited = new HashSet<>();
    private final Set<Target> virtualCalls = new LinkedHashSet<>();
    private final Set<String> instances = new LinkedHashSet<>();
    private final Deque<Target> queue = new ArrayDeque<>();

    Set<Target> from(String root) {
      Type type = types.get(root);
      if (type == null) {
        throw new IllegalArgumentException("no class " + root);
      }
      type.methods().keySet().forEach(signature -> visit(target(root, signature)));
      instantiate(root);
      while (!queue.isEmpty()) {
        Target method = queue.remove();
        for (Call call : callsOf(method)) {
          follow(call);
        }
      }
      return outside;
    }

    private Set<Call> callsOf(Target method) {
      Type type = types.get(method.owner());
      return type == null ? Set.of() : type.methods().getOrDefault(method.signature(), Set.of());
    }

    private void follow(Call call) {
      Target target = call.target();
      if (!types.containsKey(target.owner())) {
        outside.add(target);
        return;
      }
      if (target.name().equals("<init>")) {
        instantiate(target.owner());
      }
      if (call.virtual()) {
        if (virtualCalls.add(target)) {
          List.copyOf(instances).forEach(instance -> dispatch(target, instance));
        }
      } else {
        implementation(target.owner(), target.signature(), this::visit);
      }
    }

    private void instantiate(String type) {
      if (!instances.add(type)) {
        return;
      }
      List.copyOf(virtualCalls).forEach(call -> dispatch(call, type));
      Set<String> overridable = outsideMethods(type, new HashSet<>());
      for (String ancestor : ancestors(type)) {
        type(ancestor).methods().keySet().stream()
            .map(signature -> target(ancestor, signature))
            .filter(method -> overridable.contains(method.name()))
            .forEach(this::visit);
      }
    }

    private void dispatch(Target call, String instance) {
      if (ancestors(instance).contains(call.owner())) {
        implementation(instance, call.signature(), this::visit);
      }
    }

    private void visit(Target method) {
      if (visited.add(method)) {
        queue.add(method);
        visit(new Target(method.owner(), INITIALIZER, "()V"));
      }
    }
  }

  /** Passes on the method that a call on an instance of a class executes. */
  private void implementation(String type, String signature, Consumer<Target> found) {
    for (String ancestor : ancestors(type)) {
      if (type(ancestor).methods().containsKey(signature)) {
        found.accept(target(ancestor, signature));
        return;
      }
    }
  }

  /** Returns a class of the graph. */
  private Type type(String name) {
    return requireNonNull(types.get(name), name);
  }

  /** Returns a class and its parents in the graph, the nearest first. */
  private Collection<String> ancestors(String type) {
    Set<String> ancestors = new LinkedHashSet<>();
    Deque<String> queue = new ArrayDeque<>(List.of(type));
    while (!queue.isEmpty()) {
      String next = queue.remove();
      if (types.containsKey(next) && ancestors.add(next)) {
        queue.addAll(type(next).parents());
      }
    }
    return ancestors;
  }

  /** Returns the names of the methods that parents outside the graph declare. */
  private Set<String> outsideMethods(String type, Set<String> names) {
    for (String parent : type(type).parents()) {
      if (types.containsKey(parent)) {
        outsideMethods(parent, names);
      } else {
        names.addAll(methodNames(parent));
      }
    }
    return names;
  }

  private static Set<String> methodNames(String type) {
    try {
      Class<?> loaded =
          Class.forName(type.replace('/', '.'), false, CallGraph.class.getClassLoader());
      return Arrays.stream(loaded.getMethods()).map(Method::getName).collect(toSet());
    } catch (ClassNotFoundException | LinkageError e) {
      return Set.of();
    }
  }

  private static Target target(String owner, String signature) {
    int descriptor = signature.indexOf('(');
    return new Target(owner, signature.substring(0, descriptor), signature.substring(descriptor));
  }
}
