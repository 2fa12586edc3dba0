using System.Collections.Immutable;

namespace PolicyHub.Content.Git;

/// <summary>
/// What one git call needs to reach one remote. Secrets and everything that might hold one (a proxy's password) go by the
/// environment of that one child, never by its arguments, which every user of the machine can list.
/// </summary>
public sealed class RemoteAccess
{
    private const string UserVariable = "POLICYHUB_GIT_USER";
    private const string TokenVariable = "POLICYHUB_GIT_TOKEN";

    // git runs a helper that starts with “!” by a shell; the text is fixed, and printf is the shell's own, so no argument list holds the token.
    private const string Helper =
        $"!f() {{ test \"$1\" = get && printf 'username=%s\\npassword=%s\\n' \"${UserVariable}\" \"${TokenVariable}\"; }}; f";

    private RemoteAccess(RemoteAddress address, ImmutableArray<string> options, ImmutableDictionary<string, string> environment, string? secret) =>
        (Address, Options, Environment, Secret) = (address, options, environment, secret);

    public RemoteAddress Address { get; }

    /// <summary>Options that stand before git's command.</summary>
    internal ImmutableArray<string> Options { get; }

    internal ImmutableDictionary<string, string> Environment { get; }

    /// <summary>What must not appear in a message; null: nothing.</summary>
    internal string? Secret { get; }

    /// <summary>Reads the secrets anew, so that a token that was replaced on disk is used by the next call.</summary>
    /// <exception cref="GitException">A setting is missing, names no readable file, or cannot be handed to ssh safely.</exception>
    public static RemoteAccess Create(RemoteAddress address, RemoteSettings settings)
    {
        var options = ImmutableArray.CreateBuilder<string>();
        var environment = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        string? token = null;
        options.Add("-c");
        options.Add("credential.helper=");
        switch (address.Protocol)
        {
            case "https":
                token = ReadToken(settings);
                if (token is not null)
                {
                    // Bound to the host that was named: a redirect to another one gets no token.
                    options.Add("-c");
                    options.Add($"credential.{address.Origin}.helper={Helper}");
                    environment[UserVariable] = settings.TokenUser;
                    environment[TokenVariable] = token;
                }

                if (settings.Proxy is { Length: > 0 } proxy)
                {
                    environment["https_proxy"] = proxy;
                }

                if (settings.CaFile is { Length: > 0 } authorities)
                {
                    environment["GIT_SSL_CAINFO"] = ExistingFile(authorities, "certificate authorities (CA file)");
                }

                break;
            case "ssh":
                environment["GIT_SSH_COMMAND"] = SshCommand(settings);
                environment["GIT_SSH_VARIANT"] = "ssh";
                break;
            default:
                break;
        }

        return new RemoteAccess(address, options.ToImmutable(), environment.ToImmutable(), token);
    }

    private static string? ReadToken(RemoteSettings settings)
    {
        string? token;
        if (settings.TokenFile is { Length: > 0 } file)
        {
            token = ReadFirstLine(ExistingFile(file, "token"));
        }
        else if (settings.TokenVariable is { Length: > 0 } variable)
        {
            token = System.Environment.GetEnvironmentVariable(variable);
        }
        else
        {
            return null;
        }

        token = token?.Trim();
        return token is { Length: > 0 } && !token.Any(char.IsControl)
            ? token
            : throw new GitException("The token for the remote is empty or holds control characters; check the file or variable that is named for it.");
    }

    private static string? ReadFirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new GitException($"The token file {file} cannot be read.", failure);
        }
    }

    private static string SshCommand(RemoteSettings settings)
    {
        if (settings.SshKey is not { Length: > 0 } || settings.SshKnownHosts is not { Length: > 0 })
        {
            throw new GitException("An ssh remote needs both a key file and a file of known hosts; set both.");
        }

        var key = SafeForSsh(ExistingFile(settings.SshKey, "ssh key"));
        var hosts = SafeForSsh(ExistingFile(settings.SshKnownHosts, "ssh known hosts"));
        return "ssh -F /dev/null -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20"
            + $" -o GlobalKnownHostsFile=/dev/null -o 'UserKnownHostsFile=\"{hosts}\"' -i '{key}'";
    }

    private static string ExistingFile(string path, string what)
    {
        var full = Path.GetFullPath(path);
        return File.Exists(full) ? full : throw new GitException($"The file for {what}, {full}, does not exist.");
    }

    /// <summary>git hands the command to a shell, and ssh expands % and $ in file names: so only letters that mean nothing to either.</summary>
    private static string SafeForSsh(string path) =>
        path.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-' or '+' or ',' or '@' or '=' or ':' or ' ')
            ? path
            : throw new GitException($"ssh cannot be given the file {path} safely; use a path of letters, digits and . _ - + , @ = : only.");
}
