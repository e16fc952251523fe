using System.ClientModel;
using Azure.AI.OpenAI;
using OpenAI.Chat;

namespace Deskly.Assistant;

public static class AssistantSetup
{
    public static IServiceCollection AddAssistant(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetRequiredSection("AzureOpenAi");
        var options = new AzureOpenAIClientOptions
        {
            NetworkTimeout = TimeSpan.FromSeconds(section.GetValue("TimeoutSeconds", 40)),
        };
        var client = new AzureOpenAIClient(
            new Uri(section["Endpoint"]!),
            new ApiKeyCredential(section["ApiKey"]!),
            options);
        services.AddSingleton<ChatClient>(client.GetChatClient(section["Deployment"]!));
        return services;
    }
}
