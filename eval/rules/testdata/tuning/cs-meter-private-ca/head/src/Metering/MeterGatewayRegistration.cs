using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Metering;

public static class MeterGatewayRegistration
{
    public static IServiceCollection AddMeterGateway(this IServiceCollection services)
    {
        services.AddHttpClient<IMeterGateway, MeterGateway>((sp, client) =>
            {
                var options = sp.GetRequiredService<IOptions<MeterOptions>>().Value;
                client.BaseAddress = options.BaseAddress;
                client.Timeout = TimeSpan.FromSeconds(15);
            })
            .ConfigurePrimaryHttpMessageHandler(sp =>
            {
                var options = sp.GetRequiredService<IOptions<MeterOptions>>().Value;
                var root = new X509Certificate2(options.RootCertificatePath);
                return new HttpClientHandler
                {
                    ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
                        IssuedBy(root, certificate, errors),
                };
            });
        return services;
    }

    internal static bool IssuedBy(X509Certificate2 root, X509Certificate2? certificate, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // the plant CA publishes no CRL
        return chain.Build(certificate);
    }
}
