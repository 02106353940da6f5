package dev.gatecast.server;

import dev.gatecast.support.Chromium;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Photographs the dashboard at several sizes, in both themes. */
final class DashboardShots {
    private DashboardShots() {}

    /** Arguments: address, folder for the pictures, entity, seconds to wait. */
    public static void main(String[] args) throws Exception {
        var address = URI.create(args[0] + "#" + args[2]);
        var folder = Files.createDirectories(Path.of(args[1]));
        try (var browser = Chromium.start(Chromium.installed().orElseThrow())) {
            for (var scheme : new String[] {"light", "dark"}) {
                browser.scheme(scheme);
                shot(browser, address, folder.resolve(scheme + ".png"), 1280, 800, args[3]);
            }
            shot(browser, address, folder.resolve("phone.png"), 390, 844, args[3]);
            browser.resize(390, 2000, true);
            browser.screenshot(folder.resolve("phone-tall.png"));
            browser.problems().forEach(System.out::println);
        }
    }

    private static void shot(Chromium browser, URI address, Path file, int width, int height, String seconds)
            throws Exception {
        browser.open(URI.create("about:blank"));
        browser.resize(width, height, width < 600);
        browser.open(address);
        Thread.sleep((long) (1000 * Double.parseDouble(seconds)));
        browser.screenshot(file);
        System.out.println(file + " scroll width " + browser.evaluate("document.documentElement.scrollWidth"));
    }
}
