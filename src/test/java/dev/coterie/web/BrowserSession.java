package dev.coterie.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * A real browser with one page at a time, which notes what went wrong on it.
 *
 * <p>The browser is {@code COTERIE_UI_BROWSER} or an installed Chromium. Without one the test is
 * skipped, and fails where {@code CI=true}.
 */
final class BrowserSession implements AutoCloseable {
    private static final List<String> ARGUMENTS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private final List<String> faults = new ArrayList<>();
    private final Playwright playwright;
    private final Browser browser;
    private BrowserContext context;
    private Page page;

    private BrowserSession(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static BrowserSession start() {
        Optional<Path> program = browserProgram();
        if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no browser: set COTERIE_UI_BROWSER");
        }
        assumeTrue(program.isPresent(), "no browser: set COTERIE_UI_BROWSER");
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        var playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        var options =
                new BrowserType.LaunchOptions().setExecutablePath(program.get()).setArgs(ARGUMENTS);
        return new BrowserSession(playwright, playwright.chromium().launch(options));
    }

    private static Optional<Path> browserProgram() {
        String named = System.getenv("COTERIE_UI_BROWSER");
        Path program = Path.of(named == null ? "/usr/bin/chromium" : named);
        return Optional.of(program).filter(Files::isExecutable);
    }

    Page open(String language) {
        faults.clear();
        context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setLocale(language)
                                .setColorScheme(ColorScheme.LIGHT)
                                .setViewportSize(1440, 900));
        context.addInitScript(
                "addEventListener('securitypolicyviolation', e =>"
                        + " console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
        page = context.newPage();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) faults.add("console: " + message.text());
                });
        page.onPageError(error -> faults.add("page: " + error));
        page.onRequest(
                request -> {
                    boolean ours =
                            request.url().startsWith("http://127.0.0.1:")
                                    || request.url().startsWith("data:")
                                    || request.url().startsWith("blob:");
                    if (!ours) faults.add("request: " + request.url());
                });
        return page;
    }

    void closePage() {
        if (context != null) context.close();
        context = null;
    }

    /** Nothing went wrong, and nobody but the server was asked for anything. */
    void assertQuiet() {
        assertEquals(List.of(), faults);
    }

    /** The one fault that a test provoked, by a part of its text. */
    void expected(String part) {
        var found = faults.stream().filter(fault -> fault.contains(part)).toList();
        assertEquals(1, found.size(), faults.toString());
        faults.removeAll(found);
    }

    void assertAccessible(String view) {
        var found =
                new AxeBuilder(page)
                        .analyze().getViolations().stream()
                                .filter(
                                        rule ->
                                                List.of("serious", "critical")
                                                        .contains(rule.getImpact()))
                                .map(rule -> rule.getId() + " " + rule.getNodes().get(0).getHtml())
                                .toList();
        assertEquals(List.of(), found, view);
    }

    void picture(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setScale(ScreenshotScale.CSS));
    }

    static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    static Page.GetByRoleOptions exactly(String name) {
        return named(name).setExact(true);
    }

    @Override
    public void close() {
        playwright.close();
    }
}
