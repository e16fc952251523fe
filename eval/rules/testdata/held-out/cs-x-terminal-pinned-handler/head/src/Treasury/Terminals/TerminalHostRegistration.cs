using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Treasury.Terminals;

public static class TerminalHostRegistration
{
    public static void AddTerminalHost(this IServiceCollection services, TerminalHostOptions options)
    {
        var pins = options.PublicKeyPins.Select(Convert.FromBase64String).ToArray();
        if (pins.Length < 2)
        {
            throw new InvalidOperationException("TerminalHost:PublicKeyPins needs the current and the next key");
        }

        services.AddHttpClient<TerminalHost>(client =>
            {
                client.BaseAddress = options.Url;
                client.Timeout = TimeSpan.FromSeconds(12);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler
            {
                ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
                    errors == SslPolicyErrors.None && certificate is not null && IsPinned(certificate, pins),
            });
    }

    private static bool IsPinned(X509Certificate2 certificate, byte[][] pins)
    {
        var hash = SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo());
        return pins.Any(pin => pin.AsSpan().SequenceEqual(hash));
    }
}
