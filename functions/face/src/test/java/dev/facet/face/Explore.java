package dev.facet.face;

import static org.bytedeco.opencv.global.opencv_imgcodecs.*;
import static org.bytedeco.opencv.global.opencv_imgproc.*;

import dev.facet.core.bundle.Bundle;
import dev.facet.core.faces.*;
import java.nio.file.*;
import java.util.*;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.*;

public class Explore {
  static class T implements StageTimer {
    long[] t = new long[Stage.values().length];

    public <X> X time(Stage s, Supplier<X> w) {
      long a = cpu();
      try {
        return w.get();
      } finally {
        t[s.ordinal()] += cpu() - a;
      }
    }

    String s(int n) {
      StringBuilder b = new StringBuilder();
      for (Stage s : Stage.values())
        b.append(s).append(' ').append(String.format("%.2f ", t[s.ordinal()] / 1e6 / n));
      return b.toString();
    }
  }

  static byte[] jpg(Mat m, int q) {
    BytePointer p = new BytePointer();
    imencode(".jpg", m, p, new org.bytedeco.javacpp.IntPointer(IMWRITE_JPEG_QUALITY, q));
    byte[] b = new byte[(int) p.limit()];
    p.get(b);
    return b;
  }

  static Mat scaled(Mat m, int w) {
    Mat r = new Mat();
    resize(
        m,
        r,
        new Size(w, (int) Math.round(m.rows() * (double) w / m.cols())),
        0,
        0,
        w < m.cols() ? INTER_AREA : INTER_CUBIC);
    return r;
  }

  static long cpu(){ return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(); }
  public static void main(String[] a) throws Exception {
    Path root = Path.of(a[0]);
    Bundle b = Bundle.open(root.resolve("models/target/bundle/default"));
    T t = new T();
    long s0 = cpu();
    TorchFaceExtractor x = new TorchFaceExtractor(b, TorchFaceExtractor.Settings.defaults(), t);
    System.out.printf("loaded %.0f ms%n", (cpu() - s0) / 1e6);
    int[] want = {3, 3, 3, 4, 5, 4};
    Path demo = root.resolve("models/node_modules/@vladmandic/face-api/demo");
    for (int w : new int[] {320, 480, 960, 1920, 3840}) {
      StringBuilder o = new StringBuilder("width " + w + ": ");
      for (int i = 1; i <= 6; i++) {
        Mat m = imread(demo.resolve("sample" + i + ".jpg").toString());
        byte[] j = jpg(scaled(m, w), 95);
        int n;
        try {
          n = x.describe(j, 50).size();
        } catch (RuntimeException e) {
          n = -1;
        }
        o.append(n).append('/').append(want[i - 1]).append(' ');
      }
      System.out.println(o);
    }
    if(a.length>1&&a[1].equals("pose")){ pose(x); return; }
    // mosaic
    Mat big =
        new Mat(
            3000,
            4000,
            org.bytedeco.opencv.global.opencv_core.CV_8UC3,
            new Scalar(120, 110, 90, 0));
    Random r = new Random(7);
    List<Path> lf;
    try (var s = Files.walk(Path.of("/work/shared/photos/lfw10"))) {
      lf =
          s.filter(p -> p.toString().endsWith("_0003.jpg") || p.toString().endsWith("_0004.jpg"))
              .sorted()
              .toList();
    }
    int k = 0;
    for (Path p : lf) {
      Mat m = imread(p.toString());
      Mat c = new Mat(m, new Rect(50, 40, 150, 170));
      Mat d = new Mat();
      resize(c, d, new Size(64, 72), 0, 0, INTER_AREA);
      int px = 200 + (k % 5) * 740 + r.nextInt(300), py = 200 + (k / 5) * 650 + r.nextInt(300);
      d.copyTo(new Mat(big, new Rect(px, py, 64, 72)));
      k++;
    }
    byte[] bj = jpg(big, 95);
    System.out.println(
        "mosaic of "
            + k
            + ": "
            + x.describe(bj, 50).stream().map(f -> f.faceArea().height() + "").toList());
    for (int q = 0; q < 3; q++) {
      t.t = new long[7];
      s0 = cpu();
      int n = x.templates(bj).size();
      System.out.printf(
          "12MP mosaic %d faces %.0f ms: %s%n", n, (cpu() - s0) / 1e6, t.s(1));
    }
    Mat s1 = imread(demo.resolve("sample4.jpg").toString());
    byte[] s12 = jpg(scaled(s1, 4000), 92);
    for (int q = 0; q < 4; q++) {
      t.t = new long[7];
      s0 = cpu();
      int n = x.templates(s12).size();
      System.out.printf(
          "12MP sample4 %d faces %.0f ms: %s%n", n, (cpu() - s0) / 1e6, t.s(1));
    }
    for (int q = 0; q < 6; q++)
      for (int i = 1; i <= 6; i++) {
        byte[] j = Files.readAllBytes(demo.resolve("sample" + i + ".jpg"));
        t.t = new long[7];
        s0 = cpu();
        int n = x.templates(j).size();
        double ms = (cpu() - s0) / 1e6;
        if (q == 5) System.out.printf("sample%d %d faces %.1f ms: %s%n", i, n, ms, t.s(1));
      }
    // lfw
    Map<String, ExtractedFace> em = new TreeMap<>();
    List<Path> all;
    try (var s = Files.walk(Path.of("/work/shared/photos/lfw10"))) {
      all = s.filter(p -> p.toString().endsWith(".jpg")).sorted().toList();
    }
    for (int q = 0; q < 3; q++) {
      List<Double> L = new ArrayList<>();
      t.t = new long[7];
      for (Path p : all) {
        byte[] j = Files.readAllBytes(p);
        s0 = cpu();
        try {
          em.put(p.getFileName().toString(), x.single(j));
        } catch (RuntimeException e) {
          if (q == 0) System.out.println(p.getFileName() + " " + e.getClass().getSimpleName());
        }
        L.add((cpu() - s0) / 1e6);
      }
      Collections.sort(L);
      System.out.printf("lfw single p50 %.1f p95 %.1f ms %s%n", L.get(50), L.get(95), t.s(100));
      L.clear();
      t.t = new long[7];
      for (Path p : all) {
        byte[] j = Files.readAllBytes(p);
        s0 = cpu();
        x.templates(j);
        L.add((cpu() - s0) / 1e6);
      }
      Collections.sort(L);
      System.out.printf("lfw templates p50 %.1f p95 %.1f ms %s%n", L.get(50), L.get(95), t.s(100));
    }
    double hi = -1;
    int r1 = 0, n = 0;
    List<Double> mates = new ArrayList<>();
    for (var e : em.entrySet()) {
      if (e.getKey().endsWith("_0002.jpg")) continue;
      String who = e.getKey().replaceAll("_\\d+.jpg", "");
      double best = -2;
      String bw = "";
      for (var g : em.entrySet())
        if (g.getKey().endsWith("_0002.jpg")) {
          double d = 0;
          for (int i = 0; i < 512; i++)
            d += e.getValue().template().vector()[i] * g.getValue().template().vector()[i];
          String gw = g.getKey().replaceAll("_\\d+.jpg", "");
          if (gw.equals(who)) mates.add(d);
          else hi = Math.max(hi, d);
          if (d > best) {
            best = d;
            bw = gw;
          }
        }
      n++;
      if (bw.equals(who)) r1++;
      else System.out.println("miss " + e.getKey() + " " + best);
    }
    Collections.sort(mates);
    System.out.printf(
        "probes %d rank1 %d mates min %.3f 5%% %.3f median %.3f; highest impostor %.3f%n",
        n, r1, mates.get(0), mates.get(mates.size() / 20), mates.get(mates.size() / 2), hi);
    List<Double> q = new ArrayList<>();
    em.values().forEach(f -> q.add(f.attributes().quality()));
    Collections.sort(q);
    System.out.println(
        "quality " + q.get(0) + " " + q.get(5) + " " + q.get(50) + " " + q.get(q.size() - 1));
    for (String nm :
        List.of(
            "Ariel_Sharon_0001.jpg",
            "Tony_Blair_0002.jpg",
            "George_W_Bush_0003.jpg",
            "Hugo_Chavez_0004.jpg",
            "Vladimir_Putin_0005.jpg")) {
      Path p = all.stream().filter(z -> z.endsWith(nm)).findFirst().get();
      Mat m = imread(p.toString());
      ExtractedFace f = x.single(jpg(m, 95));
      Mat fl = new Mat();
      org.bytedeco.opencv.global.opencv_core.flip(m, fl, 1);
      ExtractedFace g = x.single(jpg(fl, 95));
      System.out.println(nm + " " + at(f) + "\n   mirrored " + at(g));
      for (double deg : new double[] {-20, 20}) {
        Mat rot = new Mat();
        warpAffine(m, rot, getRotationMatrix2D(new Point2f(125, 125), -deg, 1), m.size());
        try {
          System.out.println("   turned clockwise " + deg + " " + at(x.single(jpg(rot, 95))));
        } catch (RuntimeException e) {
          System.out.println("   " + deg + " " + e);
        }
      }
    }
    System.exit(0);
  }

  static void pose(TorchFaceExtractor x) throws Exception { List<Path> all; try(var s=Files.walk(Path.of("/work/shared/photos/lfw10"))){ all=s.filter(p->p.toString().endsWith(".jpg")).sorted().toList(); } double dp=0,dt=0,cp=0,ap=0; int n=0,sign=0,big=0; List<String> bad=new ArrayList<>(); double sx=0,sy=0,sxx=0,syy=0,sxy=0; for(Path p:all){ Mat m=imread(p.toString()); Mat fl=new Mat(); org.bytedeco.opencv.global.opencv_core.flip(m,fl,1); try{ var f=x.single(jpg(m,95)).attributes(); var g=x.single(jpg(fl,95)).attributes(); n++; dp+=Math.abs(f.pan()+g.pan()); dt+=Math.abs(f.tilt()-g.tilt()); cp+=f.pan()+g.pan(); ap+=Math.abs(f.pan()); if(Math.abs(f.pan())>10){ big++; if(Math.signum(f.pan())!=Math.signum(g.pan())) sign++; else bad.add(p.getFileName()+" "+f.pan()+" "+g.pan()); } double nose=x.nose(jpg(m,95)); sx+=nose; sy+=f.pan(); sxx+=nose*nose; syy+=f.pan()*f.pan(); sxy+=nose*f.pan(); }catch(RuntimeException e){} } System.out.printf("n %d mean|pan+mirr| %.2f bias %.2f mean|dtilt| %.2f mean|pan| %.1f sign %d/%d corr with nose %.3f slope %.1f %s%n",n,dp/n,cp/n,dt/n,ap/n,sign,big,(n*sxy-sx*sy)/Math.sqrt((n*sxx-sx*sx)*(n*syy-sy*sy)),(n*sxy-sx*sy)/(n*sxx-sx*sx),bad); }
  static String at(ExtractedFace f) {
    var a = f.attributes();
    return String.format(
        "roll %.1f pan %.1f tilt %.1f frontal %.2f score %.3f quality %.2f %s %s head %s eyes"
            + " %.0f,%.0f %.0f,%.0f",
        a.roll(),
        a.pan(),
        a.tilt(),
        a.frontalFaceScore(),
        a.faceScore(),
        a.quality(),
        f.weakness(),
        a.faceArea(),
        a.headArea(),
        a.rightEye().x(),
        a.rightEye().y(),
        a.leftEye().x(),
        a.leftEye().y());
  }
}
