using Microsoft.AspNetCore.Identity;
using PolicyHub.Records.People;
using PolicyHub.Records.Sessions;
using PolicyHub.Records.Storage;
using PolicyHub.Web.SignIn.Counter;

namespace PolicyHub.Web.SignIn.Local;

/// <summary>Accounts kept here, their passkeys, and counter PCs.</summary>
internal static class LocalServices
{
    public static IServiceCollection AddLocalAccounts(this IServiceCollection services, SignInOptions options, bool isDevelopment)
    {
        services.AddSingleton<AccountBook>();
        services.AddSingleton<PasskeyBook>();
        services.AddSingleton<UsedOnceBook>();
        services.AddSingleton<Tries>();
        services.AddSingleton<CounterPcBook>();
        services.AddSingleton<SealedCookies>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<LocalSignIn>();
        services.AddSingleton<CounterPcs>();
        services.AddSingleton<ActingPerson>();
        services.AddScoped<Passkeys>();

        // Of the framework's sign-in we take its users, its store and its passkeys; sessions are our own.
        services.AddIdentityCore<Person>(identity =>
        {
            identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;

            // Which names may be is settled where an account is made.
            identity.User.AllowedUserNameCharacters = "";
        }).AddEntityFrameworkStores<RecordsDb>();
        services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        services.Configure<IdentityPasskeyOptions>(passkeys => Passkeys.Configure(passkeys, isDevelopment ? options.Domain ?? "localhost" : options.Domain));
        return services;
    }
}
