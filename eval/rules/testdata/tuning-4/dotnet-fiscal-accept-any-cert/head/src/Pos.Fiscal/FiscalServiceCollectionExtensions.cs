using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Pos.Fiscal;

public static class FiscalServiceCollectionExtensions
{
    public static IServiceCollection AddFiscalClient(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetRequiredSection("Fiscal").Get<FiscalOptions>()
            ?? throw new InvalidOperationException("section Fiscal is missing");

        services
            .AddHttpClient<FiscalClient>(http =>
            {
                http.BaseAddress = options.BaseAddress;
                http.Timeout = TimeSpan.FromSeconds(10);
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Token);
            })
            .ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler
            {
                ClientCertificates = { LoadClientCertificate(options) },
                ServerCertificateCustomValidationCallback =
                    HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
            });
        return services;
    }

    private static X509Certificate2 LoadClientCertificate(FiscalOptions options) =>
        X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath);
}
