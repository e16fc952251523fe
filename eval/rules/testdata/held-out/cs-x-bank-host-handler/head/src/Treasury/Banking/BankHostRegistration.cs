using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Treasury.Banking;

public static class BankHostRegistration
{
    public static IServiceCollection AddBankHost(this IServiceCollection services)
    {
        services.AddOptions<BankHostOptions>()
            .BindConfiguration("BankHost")
            .ValidateDataAnnotations()
            .ValidateOnStart();

        services.AddHttpClient<IBankHost, BankHost>((provider, client) =>
            {
                var options = provider.GetRequiredService<IOptions<BankHostOptions>>().Value;
                client.BaseAddress = options.Url;
                client.Timeout = TimeSpan.FromSeconds(30);
            })
            .ConfigurePrimaryHttpMessageHandler(provider =>
            {
                var options = provider.GetRequiredService<IOptions<BankHostOptions>>().Value;
                var handler = new HttpClientHandler
                {
                    ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
                };
                handler.ClientCertificates.Add(new X509Certificate2(options.ClientCertificatePath, options.ClientCertificatePassword));
                return handler;
            });

        return services;
    }
}
