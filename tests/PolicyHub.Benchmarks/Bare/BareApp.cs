namespace PolicyHub.Benchmarks.Bare;

/// <summary>The site's rival in every ratio: a Razor page with a layout, and a byte array, from the same Kestrel.</summary>
internal static class BareApp
{
    public static async Task<int> RunAsync(string urls, int length)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls", urls],
            ApplicationName = typeof(BareApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(new BareBody(length));
        builder.Services.AddRazorPages(options => options.RootDirectory = "/Bare/Pages");
        await using var app = builder.Build();
        var bytes = new BareBody(length).Bytes;
        app.MapRazorPages();
        app.MapGet("/bytes", () => Results.Bytes(bytes, "text/html; charset=utf-8"));
        app.MapGet("/health/ready", () => "ready");
        await app.RunAsync();
        return 0;
    }
}
