using System.CommandLine;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Git;
using PolicyHub.Records.Audit;
using PolicyHub.Records.People;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;
using PolicyHub.Web.Pages.SignIn;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub users add|list|disable|enable|reset</c>: accounts kept here, while the site runs or not. The first administrator comes from
/// here: <c>policyhub users add owen --name "Owen Price" --role administrator</c>.
/// </summary>
internal sealed class UsersCommand(TextWriter output, TextWriter error)
{
    private const int Most = 100_000;

    private static readonly Argument<string> UserName = new("user-name") { Description = "The name with which the person signs in." };

    private static readonly Option<string> Name = new("--name") { Description = "The name that colleagues know.", Required = true };

    private static readonly Option<string[]> Roles = new("--role")
    {
        Description = "What the person may do beside reading: administrator, auditor, \"lead desk:NAME\", \"author folder:PATH\", \"approver folder:PATH\". May be given several times.",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string?> Desk = new("--desk") { Description = "The desk, as in its address." };

    private static readonly Option<string?> End = new("--end") { Description = "The last day, such as 2026-12-01 (default: no end)." };

    private static readonly Option<string?> Urls = new("--urls") { Description = "The address of the site, to print whole links (default: only what comes after it)." };

    private static readonly Option<bool> Forget = new("--forget-factors") { Description = "Take away the password, passkeys and authenticator too (a device was lost)." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var users = new UsersCommand(output, error);
        var add = new Command("add", "Add a person; prints the one-time link by which they choose how to sign in.") { UserName, Name, Roles, Desk, End, Urls };
        var list = new Command("list", "List everybody who is known.");
        var disable = new Command("disable", "Disable an account and end its sessions.") { UserName };
        var enable = new Command("enable", "Enable an account again.") { UserName };
        var reset = new Command("reset", "Print a new one-time link for a person; lifts a lock.") { UserName, Forget, Urls };
        users.On(add, users.AddAsync);
        users.On(list, users.ListAsync);
        users.On(disable, (desk, parsed, cancellation) => users.DisableAsync(desk, parsed, isDisabled: true, cancellation));
        users.On(enable, (desk, parsed, cancellation) => users.DisableAsync(desk, parsed, isDisabled: false, cancellation));
        users.On(reset, users.ResetAsync);
        return new Command("users", "Look after accounts that are kept here.") { add, list, disable, enable, reset };
    }

    private void On(Command command, Func<AccountBook, ParseResult, CancellationToken, Task<int>> act)
    {
        LibraryOptions.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var records = await CommandRecords.OpenAsync(HubApp.ReadOptions(LibraryOptions.Settings(parsed)), cancellation);
                using var log = new AuditLog(records, TimeProvider.System);
                return await act(new AccountBook(records, log, TimeProvider.System), parsed, cancellation);
            }
            catch (Exception refused) when (refused is StartRefusedException or RecordsUnusableException or GitException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync("Nothing done. " + refused.Message);
                return 1;
            }
        });
    }

    private async Task<int> AddAsync(AccountBook accounts, ParseResult parsed, CancellationToken cancellation)
    {
        var form = new PersonForm
        {
            Name = parsed.GetRequiredValue(Name),
            UserName = parsed.GetRequiredValue(UserName),
            Roles = string.Join('\n', parsed.GetValue(Roles) ?? []),
            Desk = parsed.GetValue(Desk) ?? "",
            End = parsed.GetValue(End) ?? "",
        };
        IReadOnlyList<string> faults = form.Faults;
        if (faults.Count == 0)
        {
            var added = await accounts.AddAsync([form], Who, cancellation);
            faults = [.. added.Taken.Select(taken => taken.What + ".taken")];
            if (faults.Count == 0)
            {
                var (person, key) = added.Invited[0];
                await output.WriteLineAsync($"Added {person.Name} ({person.UserName}). The link works once, for 7 days:\n{Link(parsed, key)}");
                return 0;
            }
        }

        foreach (var fault in faults)
        {
            await error.WriteLineAsync("Nobody added. " + Words.English["people.wrong." + fault]);
        }

        return 1;
    }

    private async Task<int> ListAsync(AccountBook accounts, ParseResult parsed, CancellationToken cancellation)
    {
        var (people, _) = await accounts.ListAsync("", 0, Most, cancellation);
        foreach (var person in people)
        {
            await output.WriteLineAsync(string.Join('\t', person.UserName, person.Name, person.GrantTexts.IsEmpty ? "reader" : string.Join(", ", person.GrantTexts),
                person.IsDisabled ? "disabled" : person.Ends is { } ends ? $"until {ends:yyyy-MM-dd}" : "active"));
        }

        return 0;
    }

    private async Task<int> DisableAsync(AccountBook accounts, ParseResult parsed, bool isDisabled, CancellationToken cancellation)
    {
        if (await FindAsync(accounts, parsed, cancellation) is not { } person)
        {
            return 1;
        }

        var ended = await accounts.DisableAsync(person.Id, isDisabled, Who, cancellation);
        await output.WriteLineAsync(isDisabled ? $"Disabled {person.Name}; sessions ended: {ended}." : $"Enabled {person.Name}.");
        return 0;
    }

    private async Task<int> ResetAsync(AccountBook accounts, ParseResult parsed, CancellationToken cancellation)
    {
        if (await FindAsync(accounts, parsed, cancellation) is not { } person)
        {
            return 1;
        }

        var forgets = parsed.GetValue(Forget);
        if (await accounts.InviteAsync(person.Id, forgets, Who, cancellation) is not { } key)
        {
            await error.WriteLineAsync($"{person.Name} signs in elsewhere: there is nothing to reset here.");
            return 1;
        }

        await output.WriteLineAsync($"For {person.Name}. The link works once, for 7 days:\n{Link(parsed, key)}");
        return 0;
    }

    private static string Link(ParseResult parsed, string key) =>
        (parsed.GetValue(Urls) ?? "").Split(';')[0].TrimEnd('/') + SignInLinks.ToWelcome(key);

    private async Task<Person?> FindAsync(AccountBook accounts, ParseResult parsed, CancellationToken cancellation)
    {
        var name = parsed.GetRequiredValue(UserName);
        var person = await accounts.FindAsync(name, cancellation);
        if (person is null)
        {
            await error.WriteLineAsync($"There is nobody with the user name “{name}”; policyhub users list shows all.");
        }

        return person;
    }

    private static AuditActor Who => AuditActor.CommandLine with { Name = Environment.UserName };
}
