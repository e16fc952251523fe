using System.Net.Http.Headers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Research.Export;

public static class ExportModule
{
    public static IServiceCollection AddExport(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient<SurveyExporter>(http =>
        {
            http.BaseAddress = new Uri(configuration["Export:Url"]!);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", configuration["Export:Token"]);
        });
        return services;
    }
}
