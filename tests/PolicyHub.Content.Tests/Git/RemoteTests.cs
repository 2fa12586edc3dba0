using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;
using PolicyHub.Content.Git;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Git;

public sealed class RemoteTests : IDisposable
{
    private const string Token = "s3cret-T0ken$(id)'\"";

    private readonly TestRepository repository = new();
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Fetch_FileRemote_FollowsTheBranchAlsoWhenRewritten()
    {
        repository.Commit("One", "a.md", "1").Branch("before").Commit("Two", "a.md", "2").Flush();
        using var library = await OpenAsync(new Uri(repository.Folder).AbsoluteUri);
        Assert.True(library.HasRemote);
        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
        using var watcher = library.Watch();

        repository.Commit("Three", "a.md", "3").Flush();
        await library.FetchAsync(CancellationToken.None);
        await watcher.WaitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));

        repository.MoveBranch("main", "before").Commit("Rewritten", "a.md", "4").Flush();
        await library.FetchAsync(CancellationToken.None);
        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Open_RemoteThatIsGone_ServesTheCopyAndSaysSoOnFetch()
    {
        repository.Commit("One", "a.md", "1").Flush();
        var url = new Uri(repository.Folder).AbsoluteUri;
        (await OpenAsync(url)).Dispose();
        Directory.Move(repository.Folder, repository.Folder + ".away");

        using var library = await OpenAsync(url);
        await library.ReadHeadAsync(CancellationToken.None);

        var failure = await Assert.ThrowsAsync<GitException>(() => library.FetchAsync(CancellationToken.None));
        Assert.StartsWith("git fetch failed (exit 128): fatal:", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CopyWithWhatAPowerCutLeft_FollowsOn()
    {
        repository.Commit("One", "a.md", "1").Flush();
        var url = new Uri(repository.Folder).AbsoluteUri;
        (await OpenAsync(url)).Dispose();
        var copy = Assert.Single(Directory.GetDirectories(folder["data/remotes"]));
        string[] left = ["refs/heads/main.lock", "packed-refs.lock", "HEAD.lock", "shallow.lock", "objects/pack/tmp_pack_x1y2z3"];
        Assert.All(left, name => File.WriteAllText(Path.Combine(copy, name), ""));

        repository.Commit("Two", "a.md", "2").Flush();
        using var library = await OpenAsync(url);
        await library.FetchAsync(CancellationToken.None);

        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
        Assert.All(left, name => Assert.False(File.Exists(Path.Combine(copy, name)), name));
    }

    [Fact]
    public async Task Tidy_CopyFullOfLooseObjects_PacksThemAndLosesNothing()
    {
        repository.Commit("One", "a.md", "1").Branch("before").Commit("Two", "a.md", "2").Flush();
        using var library = await OpenAsync(new Uri(repository.Folder).AbsoluteUri);
        var left = repository.Head();
        var copy = Assert.Single(Directory.GetDirectories(folder["data/remotes"]));
        await library.TidyAsync(CancellationToken.None);
        Assert.Empty(Directory.GetFiles(Path.Combine(copy, "objects"), "*.pack", SearchOption.AllDirectories));

        // Many small fetches, and one that leaves a commit behind on which the site may still stand.
        repository.MoveBranch("main", "before").Commit("Rewritten", commit =>
        {
            for (var number = 0; number < 6000; number++)
            {
                commit.Write($"many/{number}.md", $"text {number}");
            }
        }).Flush();
        await library.FetchAsync(CancellationToken.None);
        Unpack(copy);
        Assert.True(Loose(copy) > 6000);
        await library.Blobs.ReadAsync([new BlobId(repository.Git("rev-parse", "main:many/1.md").Trim())], 100, CancellationToken.None);

        await library.TidyAsync(CancellationToken.None);

        Assert.Equal(0, Loose(copy));
        Assert.Equal("2", TestRepository.RunGit(null, ["--git-dir=" + copy, "show", left.Hex + ":a.md"]));
        var texts = await library.Blobs.ReadAsync([new BlobId(repository.Git("rev-parse", "main:many/5999.md").Trim())], 100, CancellationToken.None);
        Assert.Equal("text 5999", Encoding.UTF8.GetString(Assert.Single(texts)!));
        TestRepository.RunGit(null, ["--git-dir=" + copy, "fsck", "--strict"]);
    }

    [Fact]
    public async Task Tidy_RepositoryOfSomeoneElse_IsNotWritten()
    {
        repository.Commit("One", "a.md", "1").Flush();
        var sampled = Directory.CreateDirectory(Path.Combine(repository.GitDirectory, "objects", "17")).FullName;
        for (var number = 0; number < 20; number++)
        {
            await File.WriteAllTextAsync(Path.Combine(sampled, number.ToString("x38", System.Globalization.CultureInfo.InvariantCulture)), "");
        }

        using var library = await OpenAsync(repository.Folder);
        var before = Directory.GetFiles(repository.GitDirectory, "*", SearchOption.AllDirectories);
        await library.TidyAsync(CancellationToken.None);

        Assert.Equal(before, Directory.GetFiles(repository.GitDirectory, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Open_SecondBranchOfACopiedRemote_IsFetchedToo()
    {
        repository.Commit("One", "a.md", "1").Branch("topic").Commit("Topic", "a.md", "2", "topic").Flush();
        var url = new Uri(repository.Folder).AbsoluteUri;
        (await OpenAsync(url)).Dispose();

        using var library = await OpenAsync(url, branch: "topic");

        Assert.Equal(repository.Head("topic"), await library.ReadHeadAsync(CancellationToken.None));
        Assert.Single(Directory.GetDirectories(folder["data/remotes"]));
    }

    [Theory]
    [InlineData("http://git.example/x.git")]
    [InlineData("git://git.example/x.git")]
    [InlineData("ext::sh -c touch% /tmp/x")]
    [InlineData("ext://sh")]
    [InlineData("https://user:secret@git.example/x.git")]
    [InlineData("https://secret@git.example/x.git")]
    [InlineData("ssh://-oProxyCommand=x/y")]
    [InlineData("-oProxyCommand@host:x")]
    [InlineData("--upload-pack=touch /tmp/x")]
    [InlineData("file://host/x")]
    public async Task Open_AddressThatIsNotFollowed_IsRefusedWithoutTellingSecrets(string address)
    {
        var failure = await Assert.ThrowsAsync<GitException>(() => OpenAsync(address));

        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("git ls-remote", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HttpsWithTokenAndOwnAuthorities_ReadsAndNeverShowsTheToken()
    {
        repository.Commit("One", "a.md", "1").Git("update-server-info");
        await using var server = await ServeAsync();
        folder.Write("token", Token + "\n");
        var settings = new GitSettings
        {
            Executable = folder.Script("git", "tr '\\0' '\\n' < /proc/$$/cmdline >> \"$0.argv\"; exec git \"$@\"\n"),
            Remote = new RemoteSettings { TokenFile = folder["token"], CaFile = folder["ca.pem"] },
        };

        using var library = await OpenAsync(server.Urls.First() + "/library.git", settings: settings);
        repository.Commit("Two", "a.md", "2").Git("update-server-info");
        await library.FetchAsync(CancellationToken.None);

        Assert.Equal(repository.Head(), await library.ReadHeadAsync(CancellationToken.None));
        var arguments = await File.ReadAllTextAsync(folder["git.argv"]);
        Assert.Contains("fetch", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", arguments, StringComparison.Ordinal);
        var config = await File.ReadAllTextAsync(Path.Combine(library.GitDirectory, "config"));
        Assert.DoesNotContain("s3cret", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_HttpsWithoutTokenOrAuthorities_FailsAtOnceWithAReason()
    {
        repository.Commit("One", "a.md", "1").Git("update-server-info");
        await using var server = await ServeAsync();
        var url = server.Urls.First() + "/library.git";

        var untrusted = await Assert.ThrowsAsync<GitException>(() => OpenAsync(url));
        var anonymous = await Assert.ThrowsAsync<GitException>(() => OpenAsync(
            url, settings: new GitSettings { Remote = new RemoteSettings { CaFile = folder["ca.pem"] } }));

        Assert.Contains("certificate", untrusted.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("could not read Username", anonymous.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TokenFromAVariable_IsOnlyInTheEnvironmentOfTheChildAndBoundToTheHost()
    {
        Environment.SetEnvironmentVariable("POLICYHUB_TEST_TOKEN", "s3cret");
        var settings = new RemoteSettings { TokenVariable = "POLICYHUB_TEST_TOKEN", Proxy = "http://me:pw@proxy.example:3128" };

        var (arguments, environment) = await RecordAsync("https://git.example:8443/x.git", settings);

        Assert.DoesNotContain("s3cret", arguments, StringComparison.Ordinal);
        Assert.DoesNotContain("pw@", arguments, StringComparison.Ordinal);
        Assert.Contains("\ncredential.https://git.example:8443.helper=", arguments, StringComparison.Ordinal);
        Assert.Contains("=s3cret\n", environment, StringComparison.Ordinal);
        Assert.Contains("https_proxy=http://me:pw@proxy.example:3128\n", environment, StringComparison.Ordinal);
        Assert.Contains("GIT_ALLOW_PROTOCOL=https\n", environment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_Ssh_IsStrictAndQuoted()
    {
        folder.Write("my key", "k").Write("known_hosts", "h").Write("bad'$(id)", "k");
        const string address = "git@git.example:team/library.git";
        var good = new RemoteSettings { SshKey = folder["my key"], SshKnownHosts = folder["known_hosts"] };

        var (_, environment) = await RecordAsync(address, good);

        var command = environment.Split('\n').Single(line => line.StartsWith("GIT_SSH_COMMAND=", StringComparison.Ordinal));
        Assert.Contains("-o StrictHostKeyChecking=yes", command, StringComparison.Ordinal);
        Assert.Contains($"-i '{folder["my key"]}'", command, StringComparison.Ordinal);
        Assert.Contains($"-o 'UserKnownHostsFile=\"{folder["known_hosts"]}\"'", command, StringComparison.Ordinal);
        Assert.Contains("safely", await RefusalAsync(good with { SshKey = folder["bad'$(id)"] }), StringComparison.Ordinal);
        Assert.Contains("set both", await RefusalAsync(good with { SshKnownHosts = null }), StringComparison.Ordinal);
        Assert.Contains("does not exist", await RefusalAsync(good with { SshKey = folder["none"] }), StringComparison.Ordinal);

        async Task<string> RefusalAsync(RemoteSettings settings) =>
            (await Assert.ThrowsAsync<GitException>(() => OpenAsync(address, settings: new GitSettings { Remote = settings }))).Message;
    }

    [Fact]
    public async Task Open_TokenFileThatIsMissingOrEmpty_SaysSo()
    {
        folder.Write("empty", "\n");
        foreach (var (file, part) in new[] { ("none", "does not exist"), ("empty", "is empty") })
        {
            var failure = await Assert.ThrowsAsync<GitException>(() => OpenAsync(
                "https://git.example/x.git", settings: new GitSettings { Remote = new RemoteSettings { TokenFile = folder[file] } }));
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }
    }

    public void Dispose()
    {
        repository.Dispose();
        folder.Dispose();
    }

    /// <summary>Makes loose objects of all packs, as thousands of small fetches would have left them.</summary>
    private static void Unpack(string copy)
    {
        foreach (var pack in Directory.GetFiles(Path.Combine(copy, "objects", "pack"), "*.pack"))
        {
            var bytes = File.ReadAllBytes(pack);
            foreach (var file in Directory.GetFiles(Path.Combine(copy, "objects", "pack"), Path.GetFileNameWithoutExtension(pack) + ".*"))
            {
                File.Delete(file);
            }

            TestRepository.RunGit(null, ["--git-dir=" + copy, "unpack-objects", "-q"], bytes);
        }
    }

    private static int Loose(string copy) =>
        Directory.GetDirectories(Path.Combine(copy, "objects"), "??").Sum(loose => Directory.GetFiles(loose).Length);

    private Task<LibraryRepository> OpenAsync(string address, string? branch = null, GitSettings? settings = null) => LibrarySource.OpenAsync(
        new LibraryLocation { DataFolder = folder["data"], Library = address, Branch = branch }, settings ?? GitSettings.Default, CancellationToken.None);

    /// <summary>What a git that reaches nothing was started with.</summary>
    private async Task<(string Arguments, string Environment)> RecordAsync(string address, RemoteSettings remote)
    {
        var program = folder.Script("recorder", "tr '\\0' '\\n' < /proc/$$/cmdline > \"$0.argv\"; env > \"$0.env\"; exit 128\n");
        await Assert.ThrowsAsync<GitException>(() => OpenAsync(address, settings: new GitSettings { Executable = program, Remote = remote }));
        return (await File.ReadAllTextAsync(folder["recorder.argv"]), await File.ReadAllTextAsync(folder["recorder.env"]));
    }

    /// <summary>A code host: https with a certificate of its own, and the repository for those who bring the token.</summary>
    private async Task<WebApplication> ServeAsync()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var certificate = request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2099, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await File.WriteAllTextAsync(folder["ca.pem"], certificate.ExportCertificatePem());

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate })));
        var app = builder.Build();
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("x-access-token:" + Token));
        app.MapGet("/{**path}", async (HttpContext context, string path) =>
        {
            if (context.Request.Headers.Authorization != expected)
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
                return;
            }

            var file = Path.Combine(Path.GetDirectoryName(repository.Folder)!, path);
            if (File.Exists(file))
            {
                await context.Response.SendFileAsync(file);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
        });
        await app.StartAsync();
        return app;
    }
}
